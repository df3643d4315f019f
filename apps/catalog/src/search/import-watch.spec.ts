import { ImportWatch } from './import-watch';

const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `app_${at}`);

describe('imports', () => {
  let calls: string[];
  let watch: ImportWatch;
  beforeEach(() => {
    jest.useFakeTimers();
    calls = [];
    watch = new ImportWatch({ mark: (some) => calls.push(`mark ${some.length}`), rebuild: () => calls.push('rebuild') });
  });
  afterEach(() => {
    watch.stop();
    jest.useRealTimers();
  });

  it('of a few are marked at once', () => {
    watch.came(ids(3), 1);
    jest.advanceTimersByTime(40_000);
    watch.came(ids(2_000), 2);
    expect(calls).toEqual(['mark 3', 'mark 2000']);
  });

  it('of very many have the index built anew once they have come', () => {
    for (let number = 1; number <= 10; number++) {
      watch.came(ids(500), number);
      jest.advanceTimersByTime(400);
    }
    expect(calls).toEqual(['mark 500', 'mark 500', 'mark 500', 'mark 500']);
    jest.advanceTimersByTime(2_000);
    expect(calls.slice(4)).toEqual(['rebuild']);
  });

  it('that do not end are taken up now and then', () => {
    for (let number = 1; number <= 140; number++) {
      watch.came(ids(5_000), number);
      jest.advanceTimersByTime(500);
    }
    expect(calls).toEqual(['rebuild', 'rebuild']);
  });

  it('of another process have it built anew, when no more of them come', () => {
    watch.readWith(5);
    watch.noticed(5);
    watch.noticed(6);
    watch.noticed(7);
    expect(calls).toEqual([]);
    watch.noticed(7);
    expect(calls).toEqual(['rebuild']);
    watch.readWith(7);
    watch.noticed(7);
    watch.noticed(7);
    expect(calls).toEqual(['rebuild']);
  });

  it('of another process are seen also behind one of this process', () => {
    watch.readWith(5);
    watch.came(ids(1), 7); // 6 was another's
    watch.noticed(7);
    watch.noticed(7);
    expect(calls).toEqual(['mark 1', 'rebuild']);
  });

  it('of this process alone ask for nothing more', () => {
    watch.readWith(5);
    watch.came(ids(1), 6);
    watch.noticed(6);
    watch.noticed(6);
    expect(calls).toEqual(['mark 1']);
  });
});
