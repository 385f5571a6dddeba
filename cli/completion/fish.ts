import type { Launcher } from './launcher.ts';
import type { Choice, Node, Value } from './nodes.ts';
import { quoteForFish as quote } from './quote.ts';

/** Renders the completion of fish, with the summaries beside the words. */
export const fishCompletion = (nodes: readonly Node[], { node, cache, folder, program }: Launcher): string => `if not type -q scim
  function scim
    set -q DATA_DIR; or set -lx DATA_DIR ${quote(`${folder}/.local`)}
    set -q TENANTS_DIR; or set -lx TENANTS_DIR ${quote(`${folder}/tenants`)}
    ${quote(node)} --import ${quote(cache)} ${quote(program)} $argv
  end
end

function __scim_tenants
  set -l folder ${quote(`${folder}/tenants`)}
  set -q TENANTS_DIR; and set folder $TENANTS_DIR
  command ls -1 $folder 2>/dev/null | sed -n '/\\.schema\\.json$/d; s/\\.json$//p'
end

function __scim_at
  set -l words (commandline -opc)
  set -l line
  for word in $words[2..-1]
    switch "$line $word"
      case ${nodes.flatMap(({ line }) => (line === '' ? [] : [quote(` ${line}`)])).join(' ')}
        set line "$line $word"
    end
  end
  test "$line" = "$argv[1]"
end

complete -c scim -e
complete -c scim -f
${nodes.flatMap(linesOf).join('\n')}
`;

function linesOf({ line, words, flags, argument }: Node): readonly string[] {
  const place = `complete -c scim -n ${quote(`__scim_at "${line === '' ? '' : ` ${line}`}"`)}`;
  const own = argument.kind === 'choice' ? argument.choices.map((word) => ({ word, summary: '' })) : [];
  return [
    ...[...words, ...own].map(({ word, summary }) => `${place} -a ${quote(word)} -d ${quote(summary)}`),
    ...(argument.kind === 'file' ? [`${place} -F`] : []),
    ...flags.map((flag) => `${place} ${flagOf(flag)}`),
  ];
}

const flagOf = ({ word, summary, value }: Choice & { readonly value: Value }): string =>
  `-l ${word.slice(2)}${followedBy(value)} -d ${quote(summary)}`;

function followedBy(value: Value): string {
  if (value.kind === 'none') return '';
  if (value.kind === 'file') return ' -r -F';
  if (value.kind === 'tenant') return " -x -a '(__scim_tenants)'";
  return value.kind === 'choice' ? ` -x -a ${quote(value.choices.join(' '))}` : ' -x';
}
