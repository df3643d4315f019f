import { createContext, Script } from 'node:vm';

const context = createContext(Object.create(null));
const CALL = new Script('work()');

/**
 * What `work` returns, which must not wait for anything. Unlike a timer this also ends what never lets go of the thread; nothing
 * may be used again that was ended in the middle of a change to itself.
 * @throws Error where it takes longer; what `work` throws
 */
export function withinMs<T>(ms: number, work: () => T): T {
  let result: T | undefined;
  context['work'] = () => void (result = work());
  try {
    CALL.runInContext(context, { timeout: ms });
    return result as T;
  } finally {
    context['work'] = undefined;
  }
}
