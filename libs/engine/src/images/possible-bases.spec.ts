import { baseImagesOf } from './base-images';
import { possibleBases } from './possible-bases';

describe('possibleBases', () => {
  it.each([
    ['a keyword over lines', 'FROM a\nFR\\\n# c\nOM osiris/x\n'],
    ['with empty lines between', 'FROM a\nFR\\ \t\n\n  \nOM osiris/x\n'],
    ['with another escape', '# escape=`\nFROM a\nFR`\n  # c\nOM osiris/x\n'],
    ['a name over lines', 'FROM osi\\\n# c\nris/x\n'],
    ['a quoted option of a mount', 'FROM a\nRUN --mount=type=bind,"from=osiris/x" true\n'],
    ['a trigger', 'FROM a AS b\nONBUILD COPY --from=osiris/x / /\nFROM b\n'],
    ['what is a heredoc to some builders only', 'FROM a\nRUN true <<E\nFROM osiris/x\nE\n'],
    ['what looks like a heredoc', 'FROM a\nRUN echo \\<<E\nFROM osiris/x\n'],
    ['behind flags', 'FROM --platform=linux/amd64 --x=y osiris/x\n'],
    ['line ends of any kind', 'FROM a\rFROM osiris/x\r\n'],
  ])('%s', (_about, text) => expect(possibleBases(text)).toContain('osiris/x'));

  it('does not take what commands say for bases', () => expect(possibleBases('FROM a\nRUN echo "from osiris/x"\n# FROM osiris/x\nENV X="from=osiris/x"\n')).toEqual(['a']));
});

describe('a base that may be written with a variable where the builder sees it alone', () => {
  it.each([
    'ARG A=osi\nFROM a\nRUN true <<E\nFROM ${A}ris/x\nE\n',
    'ARG A=osi\nFROM a\nFR\\\n# c\nOM ${A}ris/x\n',
    'ARG A=osi\nFROM a\nRUN true <<"E\\"\nE\\\nFROM ${A}ris/x\n',
  ])('cannot be told: %j', (text) => expect(baseImagesOf(text)).toBeNull());

  it('can be told of what people write', () => {
    expect(baseImagesOf('ARG V=1\nFROM a:$V\nFROM b:${V}\nRUN cat <<EOF > x\\\n && true\nfrom $HOME\\n\nEOF\nCOPY --from=0 / /\n'.replace('from $HOME', 'x'))).toEqual(['a:1', 'b:1']);
    expect(baseImagesOf('FROM a\nRUN echo "from $HOME" && cat <<EOF\nx\nEOF\n')).toEqual(['a']);
  });
});
