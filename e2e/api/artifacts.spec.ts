import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import type { Artifact } from '@osiris/contracts';
import { fetchBytes } from '../client/bytes-client';
import { eventually, type Problem } from '../client/hub-client';
import { sharedHub } from '../hub/shared-hub';
import { GitRepository } from '../repositories/git-repository';

const { facts, api } = sharedHub();
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** The smallest picture that is text: every byte of it is ASCII. */
const picture = 'GIF89a\u0040\u0000\u0040\u0000\u0000\u0000\u0000,\u0000\u0000\u0000\u0000\u0040\u0000\u0040\u0000\u0000\u0002\u0002D\u0001\u0000;';

interface HistoryArtifact {
  id: string;
  kind: string;
  url: string;
  bytes: number;
  sha256: string;
}

/** Where the hub sends whoever asks for the content: an address that works by itself, for a while. */
async function signedUrl(artifact: HistoryArtifact): Promise<URL> {
  const redirect = await api.get(artifact.url);
  expect([redirect.status, redirect.headers['cache-control']]).toEqual([302, 'no-store']);
  return new URL(String(redirect.headers.location), `http://localhost:${facts.port}`);
}

test.describe('the artifacts of an app', () => {
  test.describe.configure({ mode: 'serial' });
  let artifacts: HistoryArtifact[];
  let buildId: string;

  test.beforeAll(async () => {
    const repository = GitRepository.ofDemo(facts.repositories, 'e2e/artifacts', 'greeting-card');
    repository.commit({ 'README.md': '# Greeting card\n\nA card.\n\n![The card](card.gif)\n', 'card.gif': picture }, 'a picture');
    const app = await api.register(repository.url);
    const build = await api.built(app.id);
    expect(build.status, JSON.stringify(build.error)).toBe('succeeded');
    buildId = build.id;
    const launch = await api.launched((await api.launch(app.id)).id);
    expect(launch.status, JSON.stringify(launch.error)).toBe('running');
    await api.send('DELETE', `/launches/${launch.id}`);
    await api.ended(launch.id);
    const wanted = ['ingestion-log', 'bill-of-materials', 'picture', 'build-log', 'build-log-lines', 'launch-log'];
    artifacts = await eventually(
      async () => (await api.get<{ items: { artifacts: HistoryArtifact[] }[] }>(`/apps/${app.id}/history`)).body.items.flatMap((item) => item.artifacts),
      (found) => wanted.every((kind) => found.some((artifact) => artifact.kind === kind)),
      `artifacts of the kinds ${wanted.join(', ')} in the history`,
    );
  });

  test('are fetched by signed URLs without credentials, and are what the history says', async () => {
    for (const artifact of artifacts) {
      const about = await api.get<Artifact>(`/artifacts/${artifact.id}`);
      expect(about.body).toMatchObject({ ...artifact });
      const url = await signedUrl(artifact);
      const stored = await fetchBytes(url, { headers: { 'accept-encoding': 'gzip' } });
      expect(stored.status, artifact.kind).toBe(200);
      expect(stored.headers['set-cookie']).toBeUndefined();
      expect(stored.headers['content-encoding']).toBe(about.body.contentEncoding);
      expect([stored.body.length, sha256(stored.body)], artifact.kind).toEqual([artifact.bytes, artifact.sha256]);
      // Who sends nothing at all is given what was compressed, decompressed.
      const plain = await fetchBytes(url);
      expect([plain.status, plain.headers['content-encoding']]).toEqual([200, undefined]);
      const decoded = about.body.contentEncoding === 'gzip' ? gunzipSync(stored.body) : stored.body;
      expect(plain.body.equals(decoded), artifact.kind).toBe(true);
      expect(plain.headers['content-security-policy']).toContain('sandbox');
    }
  });

  test('are logs stored compressed, in which stands what the hub itself shows', async () => {
    const kept = async (kind: string): Promise<string> => {
      const artifact = artifacts.find((one) => one.kind === kind);
      return String((await fetchBytes(await signedUrl(artifact as HistoryArtifact))).body);
    };
    const shown = async (query: string): Promise<string> => String((await fetchBytes(new URL(`http://localhost:${facts.port}/builds/${buildId}/log${query}`))).body);
    expect(await kept('build-log')).toBe(await shown(''));
    expect(await kept('build-log-lines')).toBe(await shown('?format=ndjson'));
    expect(JSON.parse(await kept('bill-of-materials'))).toMatchObject({ bomFormat: 'CycloneDX' });
    expect(await kept('picture')).toBe(picture);
  });

  test('can be read in parts', async () => {
    const artifact = artifacts.find(({ kind }) => kind === 'picture') as HistoryArtifact;
    const url = await signedUrl(artifact);
    const part = await fetchBytes(url, { headers: { range: 'bytes=0-5' } });
    expect([part.status, String(part.body), part.headers['content-range']]).toEqual([206, 'GIF89a', `bytes 0-5/${artifact.bytes}`]);
    const past = await fetchBytes(url, { headers: { range: `bytes=${artifact.bytes}-` } });
    expect([past.status, past.headers['content-range']]).toEqual([416, `bytes */${artifact.bytes}`]);
  });

  test('are refused to whoever changed the address', async () => {
    const [one, other] = artifacts as [HistoryArtifact, HistoryArtifact];
    const url = await signedUrl(one);
    const bent = [...url.searchParams.keys()].map((name) => {
      const changed = new URL(url);
      changed.searchParams.set(name, `${url.searchParams.get(name)}0`);
      return changed;
    });
    const swapped = new URL(url);
    swapped.pathname = url.pathname.replace(one.id, other.id);
    const bare = new URL(url);
    bare.search = '';
    for (const changed of [...bent, swapped, bare]) {
      const answer = await fetchBytes(changed);
      expect(answer.status, changed.href).toBe(403);
      expect(JSON.parse(String(answer.body)) as Problem).toMatchObject({ code: 'SIGNATURE_INVALID', status: 403 });
    }
    for (const method of ['PUT', 'DELETE', 'POST']) expect((await fetchBytes(url, { method })).status).toBeGreaterThanOrEqual(400);
    expect((await fetchBytes(await signedUrl(one))).status).toBe(200);
  });

  test('are refused once the address has expired, and are there under a new one', async () => {
    const urls = await Promise.all(artifacts.map(signedUrl));
    for (const url of urls) {
      const refused = await eventually(() => fetchBytes(url), ({ status }) => status !== 200, 'the end of a signed URL');
      expect(refused.status).toBe(403);
      expect(JSON.parse(String(refused.body)) as Problem).toMatchObject({ code: 'SIGNATURE_EXPIRED', status: 403 });
    }
    expect((await fetchBytes(await signedUrl(artifacts[0] as HistoryArtifact))).status).toBe(200);
  });
});
