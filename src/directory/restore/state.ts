import { AdminRefusal } from '../../access/admin-refusal.ts';
import { buildRegistry } from '../../scim/schema/custom/build-registry.ts';
import { readCustomization } from '../../scim/schema/custom/print.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import type { Member } from '../resource.ts';
import type { ExportedPage } from '../transfer/answers.ts';
import { type Line, type ResourceLine, readHeader, readLine } from '../transfer/lines.ts';
import { parseText } from '../transfer/parse-text.ts';
import { type ExportPlace, placeOf } from '../transfer/place.ts';

/** A directory as it is, or as it was: read as an export is, page by page from any place on. */
export type DirectoryState = {
  readonly registry: Registry;
  /** The first line of an export. */
  readonly header: string;
  readonly readPage: (place: ExportPlace) => Promise<Pick<ExportedPage, 'lines' | 'isLast'>>;
};

/** Where a group begins, with an empty id for the member, and each of its members. */
export type MembershipEntry = { readonly group: string; readonly lastModified: string; readonly id: string; readonly member?: Member };

/** Sorts before every id. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** @throws {AdminRefusal} the line is of a later version */
export function registryIn(header: string, builtIn: Registry): Registry {
  const read = readHeader(parseText(header));
  const customization = 'line' in read ? readCustomization(JSON.stringify(read.line.schemas)) : undefined;
  if (customization === undefined) throw new AdminRefusal('The schemas cannot be read by this version: use the version that is deployed.');
  return buildRegistry(builtIn, customization);
}

/** Reads all resources of a type, in the order of ids. */
export async function* resourcesIn(state: DirectoryState, type: string): AsyncGenerator<ResourceLine> {
  for await (const line of linesFrom(state, { kind: 'resource', type, id: BEFORE_ALL })) {
    if (line.kind !== 'resource' || line.type !== type) return;
    yield line;
  }
}

/** Reads the members of all groups of a type, in the order of the groups' ids and theirs. */
export async function* membershipsIn(state: DirectoryState, type: string): AsyncGenerator<MembershipEntry> {
  for await (const line of linesFrom(state, { kind: 'members', type, id: BEFORE_ALL })) {
    if (line.kind !== 'members' || line.type !== type) return;
    const { group, lastModified, members } = line;
    if (line.after === undefined) yield { group, lastModified, id: '' };
    for (const { value, type: memberType, display } of members) {
      const member = { value, type: memberType, ...(display !== undefined && { display }) };
      yield { group, lastModified, id: value, member };
    }
  }
}

async function* linesFrom(state: DirectoryState, begin: ExportPlace): AsyncGenerator<Line> {
  for (let place: ExportPlace | undefined = begin; place !== undefined; ) {
    const { lines, isLast } = await state.readPage(place);
    const read = lines.map(toLine);
    yield* read;
    const last = read.at(-1);
    place = isLast || last === undefined ? undefined : placeOf(last);
  }
}

function toLine(text: string): Line {
  const read = readLine(parseText(text));
  if ('fault' in read) throw new AdminRefusal(`The directory has a line that this version does not know: ${read.fault}.`);
  return read.line;
}
