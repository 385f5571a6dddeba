import type { ShownApplication } from '../../../src/access/admin-answer.ts';
import { renderTable } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';

/** Prints an application with its settings, one a line, as `--set` takes them. */
export function showApplication(application: ShownApplication, json: true | undefined, terminal: Terminal): void {
  if (json) {
    terminal.print(JSON.stringify(application));
    return;
  }
  const { key, title, policy } = application;
  terminal.say(`Application ${key} "${title}"`);
  renderTable(Object.entries(policy).flatMap(([name, value]) => rowsOf(name, value))).forEach(terminal.print);
}

function rowsOf(name: string, value: unknown): readonly { readonly SETTING: string; readonly VALUE: string }[] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = isObject ? Object.entries(value) : [];
  if (entries.length > 0) return entries.map(([key, entry]) => ({ SETTING: `${name}.${key}`, VALUE: written(entry) }));
  return [{ SETTING: name, VALUE: isObject ? '-' : written(value) }];
}

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
