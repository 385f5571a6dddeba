import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { type AdminAnswer, adminAnswerSchema } from '../access/admin-answer.ts';
import { AdminRefusal } from '../access/admin-refusal.ts';
import type { AdminRequestInput } from '../access/admin-request.ts';

/** Whose admin function is meant: the local server's, by the key file it leaves, or a deployed stack's. */
export type AdminTarget = { readonly kind: 'local'; readonly keyFile: string } | { readonly kind: 'deployed'; readonly stackName: string };

type AdminReply = { readonly answer: AdminAnswer; readonly tenantUrl: string | undefined };

/** Whoever asks may give up waiting, by the signal: what is under way goes on. */
export type InvokeAdmin = (target: AdminTarget, request: AdminRequestInput, signal?: AbortSignal) => Promise<AdminReply>;

const LOCAL_TIMEOUT_MS = 30_000;
const keyFileSchema = z.object({
  url: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
  key: z.string(),
  tenantUrl: z.optional(z.string()),
});

/** @throws {AdminRefusal} saying what the operator has to set right before the function can be asked */
export const invokeAdmin: InvokeAdmin = async (target, request, signal) => {
  const { answer, tenantUrl } =
    target.kind === 'local' ? await invokeLocal(target.keyFile, request, signal) : await invokeDeployed(target, request, signal);
  const parsed = adminAnswerSchema.safeParse(answer);
  if (!parsed.success) throw new AdminRefusal('What was asked answers in no form this version knows: bring both to the same version.');
  return { answer: parsed.data, tenantUrl };
};

/** Loaded only when it is needed: the AWS SDK takes longer to load than a local command takes to run. */
async function invokeDeployed({ stackName }: Extract<AdminTarget, { kind: 'deployed' }>, request: AdminRequestInput, signal?: AbortSignal) {
  const { invokeDeployedAdmin } = await import('../aws/deployed-admin.ts');
  return invokeDeployedAdmin(stackName, request, signal);
}

async function invokeLocal(keyFile: string, request: AdminRequestInput, signal?: AbortSignal) {
  const { url, key, tenantUrl } = await readKeyFile(keyFile);
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(request),
    redirect: 'error',
    signal: AbortSignal.any([AbortSignal.timeout(LOCAL_TIMEOUT_MS), ...(signal ? [signal] : [])]),
  }).catch((cause: unknown) => {
    throw new AdminRefusal(`The local server at ${url} does not answer: start it with "npm start".`, { cause });
  });
  if (response.status === 401)
    throw new AdminRefusal(`The server at ${url} does not know the key in ${keyFile}: start it again with "npm start".`);
  if (!response.ok) throw new AdminRefusal(`The local server failed with HTTP status ${response.status}: its log says why.`);
  return { answer: parseJson(await response.text()), tenantUrl };
}

async function readKeyFile(keyFile: string): Promise<z.output<typeof keyFileSchema>> {
  const text = await readFile(keyFile, 'utf8').catch((cause: unknown) => {
    throw new AdminRefusal(isAbsent(cause) ? noServer(keyFile) : `${keyFile} cannot be read: it belongs to whoever started the server.`, {
      cause,
    });
  });
  const parsed = keyFileSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new AdminRefusal(`${keyFile} is damaged: start the local server again with "npm start".`);
  return parsed.data;
}

const isAbsent = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

const noServer = (keyFile: string): string =>
  `No local server runs here (there is no ${keyFile}): start it with "npm start", or set DATA_DIR to its data folder.`;

/** JSON.parse quotes the text in its error, and this text may hold a key or a token. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
