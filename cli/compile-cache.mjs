import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// What is compiled stays with this copy, in a folder that only its owner writes to: compiling takes longer than running.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'scim'));
