import type { Command, Flag } from '../command.ts';
import type { Catalogue } from '../groups.ts';

export type Choice = { readonly word: string; readonly summary: string };

/** What may stand behind a flag, or as an argument. */
export type Value =
  | { readonly kind: 'none' | 'text' | 'file' | 'tenant' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

/** A place on the command line: the words that lead there, and what may follow. */
export type Node = {
  /** As `app ip`; empty at the start. */
  readonly line: string;
  readonly words: readonly Choice[];
  readonly flags: readonly (Choice & { readonly value: Value })[];
  readonly argument: Value;
};

const VERSION = { word: '--version', summary: 'print the version', value: { kind: 'none' } } as const;
const HELP = { word: '--help', summary: 'display help for command', value: { kind: 'none' } } as const;

/** Every place there is, the start first. */
export function nodesOf({ single, groups }: Catalogue): readonly Node[] {
  const start = group('', [...single.map(choiceOf), ...groups.map(({ name, summary }) => ({ word: name, summary }))]);
  const inGroups = groups.flatMap(({ name, parts = [], commands }) => [
    group(name, [...commands.filter(({ name: words }) => depthOf(words) === 2).map(choiceOf), ...parts.map(partOf)]),
    ...parts.map((part) =>
      group(`${name} ${part.name}`, commands.filter((command) => command.name.startsWith(`${name} ${part.name} `)).map(choiceOf)),
    ),
    ...commands.map(nodeOf),
  ]);
  return [{ ...start, flags: [VERSION, HELP] }, ...single.map(nodeOf), ...inGroups];
}

const depthOf = (name: string): number => name.split(' ').length;

const choiceOf = ({ name, summary }: Command): Choice => ({ word: name.split(' ').at(-1) ?? name, summary });

const partOf = ({ name, summary }: { readonly name: string; readonly summary: string }): Choice => ({ word: name, summary });

const group = (line: string, words: readonly Choice[]): Node => ({ line, words, flags: [HELP], argument: { kind: 'none' } });

const nodeOf = ({ name, flags, argument }: Command): Node => ({
  line: name,
  words: [],
  flags: [...flags.map((flag) => ({ word: spelling(flag), summary: flag.summary, value: valueOfFlag(flag) })), HELP],
  argument: argument === undefined ? { kind: 'none' } : valueNamed(argument.name, argument.choices),
});

const spelling = ({ flags }: Flag): string => /--[\w-]+/.exec(flags)?.[0] ?? flags;

function valueOfFlag({ flags, choices }: Flag): Value {
  const [, name] = /[<[]([^>\]]+)[>\]]/.exec(flags) ?? [];
  if (name === undefined) return { kind: 'none' };
  return spelling({ flags, summary: '' }) === '--tenant' ? { kind: 'tenant' } : valueNamed(name, choices);
}

function valueNamed(name: string, choices: readonly string[] | undefined): Value {
  if (choices !== undefined) return { kind: 'choice', choices };
  if (name === 'tenants') return { kind: 'tenant' };
  return { kind: name === 'file' ? 'file' : 'text' };
}
