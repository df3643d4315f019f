import { allJobs, allRequests } from '@osiris/contracts';
import { type BoundHandler, checkHandlers } from './handler-registry';

const own = [...allRequests.filter(({ owner }) => owner === 'artifact'), ...allJobs.filter(({ worker }) => worker === 'artifact')];
const bound = (definition: (typeof own)[number]): BoundHandler => ({ definition, invoke: () => Promise.resolve(), where: `A.${definition.subject}` });

describe('checkHandlers', () => {
  test('accepts a service that handles each of its messages once', () => {
    expect(() => checkHandlers('artifact', own.map(bound))).not.toThrow();
  });

  test('names a message nobody handles', () => {
    expect(() => checkHandlers('artifact', own.slice(1).map(bound))).toThrow(`${own[0]?.subject} has no handler`);
  });

  test('names both handlers of a message handled twice', () => {
    expect(() => checkHandlers('artifact', [...own, ...own.slice(0, 1)].map(bound))).toThrow('is handled twice');
  });

  test("refuses to handle another service's message", () => {
    const foreign = allRequests.find(({ owner }) => owner === 'catalog');
    expect(() => checkHandlers('artifact', [...own.map(bound), { ...bound(own[0]!), definition: foreign! }])).toThrow("which is not artifact's");
  });
});
