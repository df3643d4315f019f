import { parentPort } from 'node:worker_threads';
import { packSegment } from '../segments/pack';
import { SegmentWriter } from '../segments/segment-writer';
import type { BuildMessage, BuildReply } from './messages';

/** Entry of the thread that builds an index: documents in, one segment out. */
const writer = new SegmentWriter();
const reply = (message: BuildReply): void => parentPort?.postMessage(message);

parentPort?.on('message', (message: BuildMessage) => {
  if ('finish' in message) return reply({ segment: packSegment(writer.finish()) });
  for (const document of message.add) writer.add(document);
  reply({ added: message.add.length });
});
