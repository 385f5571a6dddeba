import { TestEnvironment } from 'jest-environment-node';

/**
 * Leaves out what comes after the first test that fails: in mutation testing, one failure says it all.
 *
 * jest's own `bail` only looks between files.
 */
export default class StopAtFailure extends TestEnvironment {
  #hasFailed = false;

  async handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.#hasFailed = true;
    if (name === 'test_start' && this.#hasFailed) test.mode = 'skip';
  }
}
