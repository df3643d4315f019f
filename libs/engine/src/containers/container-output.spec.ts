import { Readable } from 'node:stream';
import { MAX_LINE_LENGTH, type OutputLine, OutputLines } from './container-output';

const frame = (stream: 1 | 2, payload: string | Buffer): Buffer => {
  const body = Buffer.from(payload);
  const head = Buffer.alloc(8);
  head[0] = stream;
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
};

async function lines(chunks: Buffer[]): Promise<OutputLine[]> {
  return (await Readable.from(chunks).pipe(new OutputLines()).toArray()) as OutputLine[];
}

describe('OutputLines', () => {
  it('keeps stdout and stderr apart, and gives a last line that has no end', async () => {
    expect(await lines([frame(1, 'one\ntw'), frame(2, 'oops\r\n'), frame(1, 'o\nthree')])).toEqual([
      { stream: 'stdout', text: 'one' },
      { stream: 'stderr', text: 'oops' },
      { stream: 'stdout', text: 'two' },
      { stream: 'stdout', text: 'three' },
    ]);
  });

  it('does not care where frames and characters are cut', async () => {
    const bytes = Buffer.concat([frame(1, 'naïve ✓\n'), frame(2, 'ü\n')]);
    const single = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(await lines(single)).toEqual([
      { stream: 'stdout', text: 'naïve ✓' },
      { stream: 'stderr', text: 'ü' },
    ]);
  });

  it('cuts a line that never ends instead of keeping it', async () => {
    const result = await lines([frame(1, 'x'.repeat(MAX_LINE_LENGTH * 2 + 5))]);
    expect(result.map(({ text }) => text.length)).toEqual([MAX_LINE_LENGTH, MAX_LINE_LENGTH, 5]);
  });
});
