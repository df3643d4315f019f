import type { EventType } from './events';

/** Streams, their subjects, and who reads them: see docs/architecture.md, "Messages". */
export const STREAMS = {
  JOBS: { subjects: ['jobs.>'] },
  FACTS: { subjects: ['facts.>'] },
  CHANGES: { subjects: ['changes.>'] },
  LOGS: { subjects: ['logs.>'] },
} as const;
export type StreamName = keyof typeof STREAMS;

const CHANGE_SUBJECTS = {
  app: 'changes.app.v1',
  ingestion: 'changes.ingestion.v1',
  build: 'changes.build.v1',
  launch: 'changes.launch.v1',
  service: 'changes.service.v1',
} as const;

/** Subject on which the catalog publishes a change of this type. */
export function changeSubject(type: EventType): string {
  return CHANGE_SUBJECTS[type.split('.')[0] as keyof typeof CHANGE_SUBJECTS];
}
export const changeSubjects: readonly string[] = Object.values(CHANGE_SUBJECTS);
