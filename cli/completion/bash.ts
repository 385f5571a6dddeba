import type { Launcher } from './launcher.ts';
import type { Node, Value } from './nodes.ts';
import { posixOpening } from './posix.ts';
import { quote } from './quote.ts';

/** Renders the completion of bash, which asks no program when Tab is pressed. */
export const bashCompletion = (nodes: readonly Node[], launcher: Launcher): string => `${posixOpening(launcher)}
_scim() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} line= at words=
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "$line \${COMP_WORDS[at]}" in
      ${places(nodes)}) line="$line \${COMP_WORDS[at]}" ;;
    esac
  done
  case "$line $previous" in
${nodes.flatMap(valueCases).join('\n')}
  esac
  if [ -z "$words" ]; then
    case "$line" in
${nodes.map(nodeCase).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}

complete -F _scim scim
`;

const places = (nodes: readonly Node[]): string => nodes.flatMap(({ line }) => (line === '' ? [] : [quote(` ${line}`)])).join('|');

const valueCases = ({ line, flags }: Node): readonly string[] =>
  flags.flatMap(({ word, value }) => (value.kind === 'none' ? [] : [`    ${quote(` ${line} ${word}`)}) ${offer(value)} ;;`]));

/** Where there is nothing to offer, nothing is; a flag's own names are not its values. */
function offer(value: Value): string {
  if (value.kind === 'tenant') return 'words=$(_scim_tenants)';
  if (value.kind === 'choice') return `words=${quote(value.choices.join(' '))}`;
  return value.kind === 'file' ? `${FILES}; return` : 'return';
}

/** The shell's own names of files; the bash of macOS cannot be asked for them here. */
const FILES = 'compopt -o default 2>/dev/null';

function nodeCase({ line, words, flags, argument }: Node): string {
  const own = argument.kind === 'choice' ? argument.choices : [];
  const offered = [...words.map(({ word }) => word), ...own, ...flags.map(({ word }) => word)];
  const files = argument.kind === 'file' ? `; [ "\${current:0:1}" = - ] || { ${FILES}; return; }` : '';
  return `      ${quote(line === '' ? '' : ` ${line}`)}) words=${quote(offered.join(' '))}${files} ;;`;
}
