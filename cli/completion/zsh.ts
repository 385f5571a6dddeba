import type { Launcher } from './launcher.ts';
import type { Choice, Node, Value } from './nodes.ts';
import { posixOpening } from './posix.ts';
import { quote } from './quote.ts';

/** Renders the completion of zsh, with the summaries beside the words. */
export const zshCompletion = (nodes: readonly Node[], launcher: Launcher): string => `${posixOpening(launcher)}
_scim() {
  local line= word= previous=\${words[CURRENT - 1]}
  local -a offered
  for word in "\${(@)words[2, CURRENT - 1]}"; do
    case "$line $word" in
      (${nodes.flatMap(({ line }) => (line === '' ? [] : [quote(` ${line}`)])).join('|')}) line="$line $word" ;;
    esac
  done
  case "$line $previous" in
${nodes.flatMap(valueCases).join('\n')}
  esac
  case "$line" in
${nodes.map(nodeCase).join('\n')}
  esac
  _describe scim offered
}

(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _scim scim
`;

const valueCases = ({ line, flags }: Node): readonly string[] =>
  flags.flatMap(({ word, value }) => (value.kind === 'none' ? [] : [`    (${quote(` ${line} ${word}`)}) ${offer(value)}; return ;;`]));

function offer(value: Value): string {
  if (value.kind === 'tenant') return 'compadd -- $(_scim_tenants)';
  if (value.kind === 'choice') return `compadd -- ${value.choices.map(quote).join(' ')}`;
  return value.kind === 'file' ? '_files' : ':';
}

function nodeCase({ line, words, flags, argument }: Node): string {
  const own = argument.kind === 'choice' ? argument.choices.map((word) => ({ word, summary: '' })) : [];
  const offered = [...words, ...own, ...flags].map(described).join(' ');
  const files = argument.kind === 'file' ? '[[ "$PREFIX" = -* ]] || { _files; return }; ' : '';
  return `    (${quote(line === '' ? '' : ` ${line}`)}) ${files}offered=(${offered}) ;;`;
}

const described = ({ word, summary }: Choice): string => quote(`${word.replaceAll(':', '\\:')}:${summary}`);
