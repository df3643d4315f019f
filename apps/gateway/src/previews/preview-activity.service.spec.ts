import { DomainError } from '@osiris/contracts';
import type { Logger, Requests } from '@osiris/service-kit';
import { PreviewActivity } from './preview-activity.service';

type Report = { items: { launchId: string; at: string }[] };

function activity() {
  const reports: string[][] = [];
  let away = false;
  const send = (_definition: unknown, { items }: Report) => {
    if (away) return Promise.reject(new DomainError('SERVICE_UNAVAILABLE', 'away'));
    reports.push(items.map(({ launchId }) => launchId));
    return Promise.resolve({});
  };
  const service = new PreviewActivity({ send } as unknown as Requests, { debug: () => undefined } as unknown as Logger);
  return { service, reports, away: (is: boolean) => (away = is) };
}

describe('PreviewActivity', () => {
  it('tells of what is open again and again, and of what has ended once', async () => {
    const { service, reports } = activity();
    const endStream = service.begin('stream');
    service.begin('request')();
    await service.report();
    await service.report();
    endStream();
    endStream();
    await service.report();
    await service.report();
    expect(reports).toEqual([['stream', 'request'], ['stream'], ['stream']]);
  });

  it('counts what is open at the same time', async () => {
    const { service, reports } = activity();
    const ends = [service.begin('a'), service.begin('a')];
    await service.report();
    ends[0]!();
    await service.report();
    await service.report();
    ends[1]!();
    await service.report();
    await service.report();
    expect(reports).toHaveLength(4);
  });

  it('keeps for the next report what could not be told', async () => {
    const { service, reports, away } = activity();
    away(true);
    service.begin('a')();
    await service.report();
    away(false);
    await service.report();
    expect(reports).toEqual([['a']]);
  });
});
