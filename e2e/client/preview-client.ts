import { WebSocket } from 'ws';
import { HubClient, type Answer } from './hub-client';

/** Visits a launch's preview as a browser does: the signed URL first, then the cookie it gave. */
export class PreviewClient {
  readonly http: HubClient;
  readonly host: string;
  readonly signedPath: string;
  cookie = '';

  constructor(previewUrl: string) {
    const url = new URL(previewUrl);
    this.host = url.host;
    this.signedPath = `${url.pathname}${url.search}`;
    this.http = new HubClient(Number(url.port || 80), url.host);
  }

  /** Trades the signed URL for the cookie. @returns the redirect */
  async enter(): Promise<Answer> {
    const answer = await this.http.get(this.signedPath);
    const [cookie = ''] = [answer.headers['set-cookie']].flat();
    this.cookie = (cookie ?? '').split(';')[0] ?? '';
    return answer;
  }

  get<T = unknown>(path: string): Promise<Answer<T>> {
    return this.http.get<T>(path, this.cookie ? { cookie: this.cookie } : {});
  }

  /** @returns the open socket and its first message, which may come with the very answer to the upgrade */
  async socket(path: string): Promise<{ socket: WebSocket; first: Promise<string> }> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.http.port}${path}`, { headers: { host: this.host, cookie: this.cookie } });
    const first = new Promise<string>((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())));
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    return { socket, first };
  }
}
