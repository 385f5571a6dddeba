import type { Launcher } from './launcher.ts';
import { quote } from './quote.ts';

/**
 * What bash and zsh have in common: `scim` as a command of the shell, unless there is one, with the data and the tenants
 * of this copy; and the names of its tenants, which are read when they are asked for.
 */
export const posixOpening = ({ node, cache, folder, program }: Launcher): string => `_scim_folder=${quote(folder)}

command -v scim >/dev/null || scim() {
  DATA_DIR="\${DATA_DIR:-$_scim_folder/.local}" TENANTS_DIR="\${TENANTS_DIR:-$_scim_folder/tenants}" ${quote(node)} --import ${quote(cache)} ${quote(program)} "$@"
}

_scim_tenants() {
  command ls -1 "\${TENANTS_DIR:-$_scim_folder/tenants}" 2>/dev/null | sed -n '/\\.schema\\.json$/d; s/\\.json$//p'
}
`;
