import { GROUP, patch, USER } from '../../test/support/bulk.ts';
import type { Answer, Endpoint } from '../../test/support/endpoint.ts';
import type { Random } from '../support/random.ts';

/** One request of a client, and what the client knows once it has succeeded. */
type Step = {
  readonly send: () => Promise<Answer>;
  readonly expected: readonly number[];
  /** What may be answered, too, when the client sends it again because it was not told what came of it. */
  readonly whenRepeated?: number;
  readonly learn: (answer: Answer) => void | Promise<void>;
};

/** What a client knows of one of its users; nobody else changes these. */
type Known = { id: string; title: string; isMember: boolean };

/** Whatever was not answered as it should be, with how long it took. */
export type Failure = { readonly status: number; readonly retryAfter: string | undefined; readonly refusal: string | undefined };

export type Traffic = {
  readonly run: (requests: number) => Promise<void>;
  /** Sends again what failed; each must succeed now. */
  readonly repeat: () => Promise<void>;
  /** What clients were told, held against what is there. */
  readonly contradictions: () => Promise<readonly string[]>;
  readonly failures: readonly Failure[];
  readonly longestMs: () => number;
  readonly count: () => number;
};

/** Clients that create, find, change, add to groups, list and delete: each has users of its own, all share the groups. */
export async function openTraffic(endpoint: Endpoint, random: Random, clientCount: number): Promise<Traffic> {
  const groups = await Promise.all(['one', 'two', 'three'].map((name) => createGroup(endpoint, name)));
  const clients = Array.from({ length: clientCount }, (_, index) => new Client(endpoint, random, `c${index}`, groups[index % 3] ?? ''));
  const failures: Failure[] = [];
  let [count, longestMs] = [0, 0];
  const attempt = async (client: Client, step: Step, isRepeat = false): Promise<void> => {
    const began = performance.now();
    const answer = await step.send();
    count += 1;
    longestMs = Math.max(longestMs, performance.now() - began);
    if (step.expected.includes(answer.status) || (isRepeat && answer.status === step.whenRepeated)) return step.learn(answer);
    failures.push({ status: answer.status, retryAfter: answer.headers['retry-after'], refusal: answer.line.refusal });
    client.pending.push(step);
  };
  return {
    failures,
    count: () => count,
    longestMs: () => longestMs,
    run: async (requests) => {
      let left = requests;
      const work = async (client: Client) => {
        while (left > 0) {
          left -= 1;
          await attempt(client, client.next());
        }
      };
      await Promise.all(clients.map(work));
    },
    repeat: async () => {
      await Promise.all(
        clients.map(async (client) => {
          for (const step of client.pending.splice(0)) await attempt(client, step, true);
        }),
      );
    },
    contradictions: async () => {
      const found: string[] = [];
      for (const client of clients) found.push(...(await client.contradictions()));
      return found;
    },
  };
}

async function createGroup({ send }: Endpoint, displayName: string): Promise<string> {
  const { json } = await send('POST', '/Groups', { body: { schemas: [GROUP], displayName } });
  return json.id;
}

class Client {
  readonly pending: Step[] = [];
  readonly #endpoint: Endpoint;
  readonly #random: Random;
  readonly #name: string;
  readonly #group: string;
  readonly #users = new Map<string, Known>();
  readonly #busy = new Set<string>();
  #made = 0;

  constructor(endpoint: Endpoint, random: Random, name: string, group: string) {
    this.#endpoint = endpoint;
    this.#random = random;
    this.#name = name;
    this.#group = group;
  }

  /** Each step is about a user that no step still to be repeated is about. */
  next(): Step {
    const names = [...this.#users.keys()].filter((name) => !this.#busy.has(name));
    if (names.length < 2) return this.#create();
    const userName = this.#random.pick(names);
    const make = this.#random.pick([
      this.#create,
      this.#find,
      this.#find,
      this.#retitle,
      this.#retitle,
      this.#join,
      this.#join,
      this.#list,
      this.#remove,
    ]);
    return make.call(this, userName);
  }

  async contradictions(): Promise<readonly string[]> {
    const { send } = this.#endpoint;
    const { json: group } = await send('GET', `/Groups/${this.#group}`);
    const members = new Set((group.members ?? []).map(({ value }: { readonly value: string }) => value));
    const problems: string[] = [];
    for (const [userName, { id, title, isMember }] of this.#users) {
      const { status, json } = await send('GET', `/Users/${id}`);
      const seen = { status, userName: json.userName, title: json.title, isMember: members.has(id), hasGroup: json.groups?.length === 1 };
      const told = { status: 200, userName, title, isMember, hasGroup: isMember };
      if (JSON.stringify(seen) !== JSON.stringify(told)) problems.push(`${userName}: ${JSON.stringify({ told, seen })}`);
    }
    return problems;
  }

  #create(): Step {
    this.#made += 1;
    const userName = `${this.#name}-${this.#made}`;
    const { send } = this.#endpoint;
    return {
      send: () => send('POST', '/Users', { body: { schemas: [USER], userName, title: 'new', externalId: userName } }),
      expected: [201],
      whenRepeated: 409,
      learn: async ({ status, json }) => {
        const id = status === 201 ? json.id : await this.#idOf(userName);
        this.#users.set(userName, { id, title: 'new', isMember: false });
      },
    };
  }

  /** A creation whose answer was lost: the client looks it up, as real ones do. */
  async #idOf(userName: string): Promise<string> {
    for (;;) {
      const { status, json } = await this.#endpoint.send('GET', '/Users', { query: { filter: `externalId eq "${userName}"` } });
      if (status === 200) return json.Resources[0].id;
    }
  }

  #find(userName: string): Step {
    const { send } = this.#endpoint;
    const known = this.#knownOf(userName);
    this.#busy.add(userName);
    return {
      send: () => send('GET', '/Users', { query: { filter: `userName eq "${userName}"` } }),
      expected: [200],
      learn: ({ json }) => {
        const isRight = json.totalResults === 1 && json.Resources[0].id === known.id && json.Resources[0].title === known.title;
        this.#busy.delete(userName);
        if (!isRight) throw new Error(`${userName} was looked up, and is not what its client was told`);
      },
    };
  }

  #retitle(userName: string): Step {
    const known = this.#knownOf(userName);
    const value = `title ${this.#random.below(1_000)}`;
    return this.#changing(userName, `/Users/${known.id}`, { op: 'replace', path: 'title', value }, () => {
      known.title = value;
    });
  }

  #join(userName: string): Step {
    const known = this.#knownOf(userName);
    const op = known.isMember ? 'remove' : 'add';
    return this.#changing(userName, `/Groups/${this.#group}`, { op, path: 'members', value: [{ value: known.id }] }, () => {
      known.isMember = op === 'add';
    });
  }

  #changing(userName: string, path: string, operation: Readonly<Record<string, unknown>>, learn: () => void): Step {
    this.#busy.add(userName);
    return {
      send: () => this.#endpoint.send('PATCH', path, { body: patch(path, operation)['data'], query: { excludedAttributes: 'members' } }),
      expected: [200, 204],
      learn: () => {
        this.#busy.delete(userName);
        learn();
      },
    };
  }

  #list(): Step {
    return {
      send: () => this.#endpoint.send('GET', '/Users', { query: { count: '5', attributes: 'userName' } }),
      expected: [200],
      learn: () => undefined,
    };
  }

  #remove(userName: string): Step {
    const { id } = this.#knownOf(userName);
    this.#busy.add(userName);
    return {
      send: () => this.#endpoint.send('DELETE', `/Users/${id}`),
      expected: [204],
      whenRepeated: 404,
      learn: () => {
        this.#users.delete(userName);
      },
    };
  }

  #knownOf(userName: string): Known {
    const known = this.#users.get(userName);
    if (known === undefined) throw new TypeError('the client knows this user');
    return known;
  }
}
