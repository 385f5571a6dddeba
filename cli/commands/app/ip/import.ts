import * as z from 'zod/mini';
import { collapseIpRanges } from '../../../../src/access/collapse-ip-ranges.ts';
import { parseIpRange, printIpRange } from '../../../../src/access/ip-range.ts';
import { defineCommand, UsageError } from '../../../command.ts';
import { readJsonFile } from '../../../read-json-file.ts';
import { IP_CHANGE_FLAGS, ipChangeOptions } from './options.ts';
import { sendChange } from './send-change.ts';
import { prefixesOf } from './service-tags.ts';

/** Where the provisioning service of Microsoft Entra ID sends its requests from. */
const ENTRA_TAG = 'AzureActiveDirectory';

export const appIpImport = defineCommand({
  name: 'app ip import',
  summary: "Let an application take requests from a service's addresses, as Microsoft's service tags file lists them.",
  argument: { name: 'file', summary: 'the JSON file "Azure IP Ranges and Service Tags" of the Microsoft Download Center' },
  flags: [
    ...IP_CHANGE_FLAGS,
    { flags: '--tag <name>', summary: `which service (default: "${ENTRA_TAG}", where Entra ID provisions from)` },
    { flags: '--replace', summary: 'in place of the present ranges, not beside them' },
  ],
  examples: [
    'scim app ip import ServiceTags_Public.json --local --dry-run',
    'scim app ip import ServiceTags_Public.json --tenant example --replace',
  ],
  options: z.object({
    ...ipChangeOptions,
    file: z.string(),
    tag: z._default(z.string(), ENTRA_TAG),
    replace: z.optional(z.literal(true)),
  }),
  run: async ({ file, tag, replace, ...options }, terminal) => {
    const prefixes = prefixesOf(await readJsonFile(file, terminal), tag);
    if (prefixes.length === 0) throw new UsageError(`The service tag "${tag}" has no addresses in this file.`);
    const ranges = collapseIpRanges(prefixes.map(parseIpRange)).map(printIpRange);
    terminal.say(`${tag} has ${prefixes.length} ranges in ${file}; ${ranges.length} where those that touch or hold each other are joined.`);
    await sendChange(replace ? 'app.ip.replace' : 'app.ip.add', { ...options, ranges }, terminal);
  },
});
