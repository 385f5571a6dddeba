import type { Attribute } from '../../src/scim/schema/attribute.ts';
import { COMMON_ATTRIBUTES } from '../../src/scim/schema/common-attributes.ts';
import { ENTERPRISE_USER_SCHEMA } from '../../src/scim/schema/enterprise-user.ts';
import { GROUP_SCHEMA } from '../../src/scim/schema/group.ts';
import { USER_SCHEMA } from '../../src/scim/schema/user.ts';
import { compareNames } from './compare-names.ts';
import { codeIn, rowsUnder } from './markdown.ts';
import type { Finding, Repository } from './repository.ts';

const PAGE = 'docs/reference/scim.md';

const SECTIONS: readonly { readonly heading: string; readonly attributes: readonly Attribute[]; readonly noun: string }[] = [
  { heading: 'Common attributes', attributes: COMMON_ATTRIBUTES, noun: 'common attribute' },
  { heading: 'User attributes', attributes: USER_SCHEMA.attributes, noun: 'attribute of users' },
  { heading: 'Enterprise user attributes', attributes: ENTERPRISE_USER_SCHEMA.attributes, noun: 'attribute of the enterprise extension' },
  { heading: 'Group attributes', attributes: GROUP_SCHEMA.attributes, noun: 'attribute of groups' },
];

/** Holds the tables of attributes against the schemas, sub-attributes included. */
export function checkAttributes(repository: Repository): readonly Finding[] {
  const page = repository.page(PAGE);
  return SECTIONS.flatMap(({ heading, attributes, noun }) => {
    const rows = rowsUnder(page, heading);
    const differing = rows.flatMap(({ line, cells: [name, listed = ''] }) => {
      const attribute = attributes.find((candidate) => candidate.name === codeIn(name));
      const expected = (attribute?.subAttributes ?? []).map((sub) => `\`${sub.name}\``);
      const lacking = expected.filter((sub) => !listed.includes(sub));
      return lacking.length > 0 ? [{ file: PAGE, line, message: `${name} also has ${lacking.join(', ')}: add what is missing` }] : [];
    });
    return [...compareNames({ page, rows, names: attributes.map((attribute) => attribute.name), noun }), ...differing];
  });
}
