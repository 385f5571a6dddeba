import type { DirectoryStore } from './ports.ts';

/** The same store, some methods of which do something else. */
export const overriding = (store: DirectoryStore, methods: Partial<DirectoryStore>): DirectoryStore =>
  new Proxy(store, {
    get: (target, name) => {
      const method: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name);
      return typeof method === 'function' ? method.bind(target) : method;
    },
  });
