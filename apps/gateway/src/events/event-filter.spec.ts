import { EventType } from '@osiris/contracts';
import { parseEventFilter, wants } from './event-filter';

const heard = (query: string, subject = 'app_a') => {
  const filter = parseEventFilter(new URLSearchParams(query));
  return EventType.options.filter((type) => wants(filter, { type, subject }));
};
const QUIET = EventType.options.filter((type) => !type.endsWith('.log') && type !== 'launch.stats');

describe('event filter', () => {
  it.each([
    ['', QUIET],
    ['subject=app_a', QUIET],
    ['subject=app_b', []],
    ['types=build', ['build.updated']],
    ['types=build.log', []],
    ['types=build.log&subject=app_a', ['build.log']],
    ['types=build,launch.log&subject=app_a', ['build.updated', 'build.log', 'launch.log']],
    ['types=build,launch.log&subject=app_b', []],
    ['types=launch.stats&subject=app_a', ['launch.stats']],
    ['types=launch.stats', []],
    ['types=service.updated, app', ['app.created', 'app.updated', 'app.deleted', 'service.updated']],
    ['types=', QUIET],
  ])('?%s hears %j', (query, types) => expect(heard(query)).toEqual(types));

  it('reads where to go on', () => {
    expect(parseEventFilter(new URLSearchParams('after=0')).after).toBe(0);
    expect(parseEventFilter(new URLSearchParams('after=')).after).toBeNull();
  });

  it.each(['types=builds', 'types=app.', 'after=-1', 'after=1.5', 'after=x'])('?%s is refused', (query) => {
    expect(() => parseEventFilter(new URLSearchParams(query))).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});
