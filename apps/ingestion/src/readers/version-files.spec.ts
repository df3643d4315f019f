import { versionsIn } from './version-files';

const brief = (path: string, text: string) => versionsIn(path, text).map(({ runtime, version }) => `${runtime} ${version}`);

describe('files of versions', () => {
  it.each([
    ['.nvmrc', 'v20.11.1\n', ['node v20.11.1']], ['.node-version', '\n# ours\n22\n', ['node 22']], ['.python-version', '3.12.3\n3.11.9\n', ['python 3.12.3']], ['web/.ruby-version', 'ruby-3.3.0', ['ruby ruby-3.3.0']], ['.java-version', '21', ['java 21']],
    ['.tool-versions', 'nodejs 20.11.0 18.0.0 # both\npython 3.12.1\nerlang 26.2\nterraform 1.7\n', ['node 20.11.0', 'python 3.12.1', 'erlang 26.2']],
    ['mise.toml', '[tools]\nnode = "22"\n"core:python" = ["3.13", "3.12"]\ngo = { version = "1.23" }\nconstructor = "1"\n', ['node 22', 'python 3.13', 'go 1.23']],
    ['rust-toolchain.toml', '[toolchain]\nchannel = "1.78.0"\n', ['rust 1.78.0']], ['rust-toolchain', '1.77', ['rust 1.77']], ['rust-toolchain', '[toolchain]\nchannel = "1.76"', ['rust 1.76']],
    ['runtime.txt', 'python-3.12.1\n', ['python 3.12.1']], ['runtime.txt', 'What the app runs in', []], ['system.properties', 'java.runtime.version=21\n', ['java 21']], ['.sdkmanrc', 'java=21.0.3-tem\n', ['java 21.0.3-tem']],
    ['mise.toml', 'not toml [', []], ['.nvmrc', '', []], ['.tool-versions', '\u0000\n\n', []],
  ])('%s %j', (path, text, said) => {
    expect(brief(path, text)).toEqual(said);
  });
});
