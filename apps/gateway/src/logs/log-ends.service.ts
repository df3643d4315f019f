import { Injectable } from '@nestjs/common';
import { type Build, buildGet, buildLogSubject, type Launch, launchGet, launchLogSubject } from '@osiris/contracts';
import { Requests } from '@osiris/service-kit';

const FINAL_BUILD = new Set<Build['status']>(['succeeded', 'failed', 'canceled']);
const FINAL_LAUNCH = new Set<Launch['status']>(['stopped', 'failed', 'expired']);

/** Whether nothing more will be written to a log: a killed worker says no last line, the catalog knows. */
@Injectable()
export class LogEnds {
  constructor(private readonly requests: Requests) {}

  async ofBuild(id: string): Promise<boolean> {
    return FINAL_BUILD.has((await this.requests.send(buildGet, { id })).status);
  }

  async ofLaunch(id: string): Promise<boolean> {
    return FINAL_LAUNCH.has((await this.requests.send(launchGet, { id })).status);
  }

  /** @param subject `logs.build.<id>` or `logs.launch.<id>` */
  of(subject: string): Promise<boolean> {
    const id = subject.slice(subject.lastIndexOf('.') + 1);
    return subject === buildLogSubject(id) ? this.ofBuild(id) : subject === launchLogSubject(id) ? this.ofLaunch(id) : Promise.resolve(true);
  }
}
