import { busyboxEntries, findBusybox } from './busybox-files.mjs';

/** Stands in for `busybox:latest`: Debian's static busybox and a link for each of its applets. About 2 MB. */
export const busybox = {
  reference: 'busybox:latest',
  /** @param {import('./busybox-files.mjs').Tools} tools */
  async files(tools) {
    const binary = await findBusybox(tools);
    return {
      entries: [
        ...(await busyboxEntries(binary, tools)),
        { type: 'folder', path: 'etc' },
        { type: 'text', path: 'etc/passwd', text: 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n' },
        { type: 'text', path: 'etc/group', text: 'root:x:0:\nnobody:x:65534:\n' },
        { type: 'folder', path: 'root', mode: 0o700 },
        { type: 'folder', path: 'tmp', mode: 0o1777 },
      ],
      config: ['ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'CMD ["sh"]'],
    };
  },
};
