import { BadRequestException, NotFoundException } from '@nestjs/common';
import { DomainError, ERROR_CODES, type ErrorCode } from '@osiris/contracts';
import { problemOf } from './problem';

const TRACE = 'a'.repeat(32);

describe('problemOf', () => {
  it.each(Object.keys(ERROR_CODES) as ErrorCode[])('knows %s', (code) => {
    const { problem, unexpected } = problemOf(new DomainError(code, 'words'), TRACE);
    expect(problem).toMatchObject({ type: `/docs/errors#${code}`, code, status: ERROR_CODES[code].status, title: ERROR_CODES[code].title, traceId: TRACE });
    expect(problem.detail === 'words').toBe(code !== 'INTERNAL');
    expect(unexpected).toBe(code === 'INTERNAL');
  });

  it.each([new Error('password=1'), new TypeError('x'), 'text', undefined, { code: 'ECONNREFUSED', statusCode: 418 }])('says nothing of %p but its trace', (error) => {
    const { problem, unexpected } = problemOf(error, TRACE);
    expect(problem).toEqual({ type: '/docs/errors#INTERNAL', title: ERROR_CODES.INTERNAL.title, status: 500, code: 'INTERNAL', traceId: TRACE, detail: expect.stringContaining(TRACE) });
    expect(JSON.stringify(problem)).not.toContain('password');
    expect(unexpected).toBe(true);
  });

  it('translates what the framework throws', () => {
    expect(problemOf(new NotFoundException('Cannot GET /x'), TRACE).problem).toMatchObject({ code: 'NOT_FOUND', detail: 'Nothing is served at this address.' });
    expect(problemOf(new BadRequestException('x'), TRACE).problem.code).toBe('VALIDATION_FAILED');
    expect(problemOf(Object.assign(new Error(), { code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 }), TRACE).problem.code).toBe('BODY_TOO_LARGE');
  });

  it('tells when to try again, and how to be known', () => {
    expect(problemOf(new DomainError('NO_CAPACITY', '', { retryAfterSeconds: 2.2 }), TRACE).headers).toEqual({ 'retry-after': '3' });
    expect(problemOf(new DomainError('SERVICE_UNAVAILABLE', ''), TRACE).headers).toEqual({ 'retry-after': '5' });
    expect(problemOf(new DomainError('UNAUTHENTICATED', ''), TRACE).headers).toEqual({ 'www-authenticate': 'Bearer realm="osiris"' });
  });
});
