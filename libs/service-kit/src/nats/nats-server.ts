import { ServerNats } from '@nestjs/microservices';

/** Nest's server for requests, knowing that patterns here are subjects: it would try to parse each as JSON, and throw and catch for each. */
export class NatsServer extends ServerNats {
  protected override getRouteFromPattern(pattern: string): string {
    return pattern;
  }
}
