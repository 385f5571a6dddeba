import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACCOUNT, REGION } from './place.ts';

/** Where the profiles of a run are. */
export const profilesIn = (folder: string): string => join(folder, 'aws-config');

/** Writes the profiles of the account's root and of the operator, whose role is made later: the SDK reads the file once. */
export const writeProfiles = (folder: string, endpoint: string): Promise<void> =>
  writeFile(
    profilesIn(folder),
    `[profile root]
aws_access_key_id = test
aws_secret_access_key = test
[profile operator]
role_arn = arn:aws:iam::${ACCOUNT}:role/operator
source_profile = root
region = ${REGION}
endpoint_url = ${endpoint}
`,
  );
