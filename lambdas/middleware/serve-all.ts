import type { DirectoryOf } from '../../src/runtime/directory.ts';
import type { HttpServices } from '../../src/runtime/services.ts';
import type { Serve } from './exchange.ts';
import { serveBulk } from './serve-bulk.ts';
import { serveDiscovery } from './serve-discovery.ts';
import { serveResources } from './serve-resources.ts';
import { serveSearch } from './serve-search.ts';

/** Everything there is to be served. */
export const serveAll = (directoryOf: DirectoryOf, services: Pick<HttpServices, 'log' | 'environment'>): readonly Serve[] => [
  serveResources(directoryOf),
  serveSearch(directoryOf),
  serveBulk(directoryOf, services),
  serveDiscovery,
];
