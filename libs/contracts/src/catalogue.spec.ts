import { z } from 'zod';
import { allFacts, allJobs, allRequests, handlerOf } from './catalogue';
import { changeSubjects, STREAMS } from './changes';
import * as facts from './facts';
import * as jobs from './jobs';
import * as requests from './requests';
import { routes, type RouteDefinition } from './routes';
import { SERVICE_NAMES } from './services';

const messages = [...allRequests, ...allJobs, ...allFacts];
const subjects = messages.map(({ subject }) => subject);

/** What arrives on the wire: `input` where a default would make it differ from what is read. */
const schemaOf = (schema: z.ZodType | null | undefined, io: 'input' | 'output' = 'input') =>
  schema ? z.toJSONSchema(schema, { io, unrepresentable: 'any' }) : null;

describe('the catalogue of messages', () => {
  it('holds every definition its modules export', () => {
    const exported = [requests, jobs, facts].flatMap((module) => Object.values(module)).filter((value) => typeof value === 'object' && 'subject' in value);
    expect(messages).toHaveLength(exported.length);
    expect(allRequests.length).toBeGreaterThan(0);
    expect(allJobs.length).toBeGreaterThan(0);
    expect(allFacts.length).toBeGreaterThan(0);
  });

  it('has each subject once', () => {
    const all = [...subjects, ...changeSubjects];
    expect(all.filter((subject, index) => all.indexOf(subject) !== index)).toEqual([]);
  });

  it.each(subjects)('%s ends in its version', (subject) => {
    expect(subject).toMatch(/^[a-z]+(\.[a-z]+(-[a-z]+)*)+\.v[1-9]\d*$/);
  });

  it.each(allRequests)('$subject begins with its owner', ({ subject, owner }) => {
    expect(subject.split('.')[0]).toBe(owner);
    expect(SERVICE_NAMES).toContain(owner);
  });

  it.each(allJobs)('$subject lies in the stream of jobs and has a worker', (job) => {
    expect(STREAMS.JOBS.subjects).toEqual([`${job.subject.split('.')[0]}.>`]);
    expect(SERVICE_NAMES).toContain(job.worker);
    expect(job.maxAttempts).toBeGreaterThan(0);
    expect(job.ackWaitMs).toBeGreaterThanOrEqual(1000);
  });

  it.each(allFacts)('$subject lies in the stream of facts and is applied by the catalog', (fact) => {
    expect(STREAMS.FACTS.subjects).toEqual([`${fact.subject.split('.')[0]}.>`]);
    expect([...SERVICE_NAMES, 'any']).toContain(fact.producer);
    expect(handlerOf(fact)).toBe('catalog');
  });

  it('gives no request that changes something less time than a write takes', () => {
    for (const request of allRequests) expect(request.timeoutMs).toBeGreaterThanOrEqual(1000);
  });
});

/** A changed snapshot is a changed contract: an addition is welcome, anything else needs a new version of the subject. */
describe('the shape of what is sent', () => {
  it.each(allRequests)('$subject', ({ input, output }) => {
    expect({ input: schemaOf(input), output: schemaOf(output, 'output') }).toMatchSnapshot();
  });

  it.each([...allJobs, ...allFacts])('$subject', ({ schema }) => {
    expect(schemaOf(schema)).toMatchSnapshot();
  });

  it.each(Object.entries(routes) as [string, RouteDefinition][])('route %s', (_, route) => {
    expect({
      operation: `${route.method} ${route.path}`,
      write: route.write,
      params: schemaOf(route.params),
      query: schemaOf(route.query),
      body: schemaOf(route.body),
      responses: Object.fromEntries(Object.entries(route.responses).map(([status, { schema }]) => [status, schemaOf(schema, 'output')])),
    }).toMatchSnapshot();
  });

  it('gives each route its own method and path', () => {
    const operations = Object.values(routes).map((route) => `${route.method} ${route.path}`);
    expect(new Set(operations).size).toBe(operations.length);
  });
});
