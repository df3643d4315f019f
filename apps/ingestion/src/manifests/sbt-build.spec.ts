import { sbtBuild } from './sbt-build';

const dependencies = (text: string): string[] => sbtBuild.parse('build.sbt', text).dependencies.map(({ name, version, group }) => `${name} ${version} ${group}`);

describe('sbt', () => {
  it('tells what is needed, with versions written out or named', () => {
    const text = `val pekko = "1.0.3" // of "a" % "b" % "1"
      name := """gavel"""
      lazy val root = (project in file(".")).enablePlugins(PlayScala)
      libraryDependencies ++= Seq(
        guice,
        "org.apache.pekko" %% "pekko-stream" % pekko,
        "org.postgresql" % "postgresql" % "42.7.3" % "runtime",
        "org.scalatestplus.play" %% "scalatestplus-play" % "7.0.1" % Test,
        "org.example" % "elsewhere" % Versions.elsewhere,
      )`;
    expect(dependencies(text)).toEqual([
      'org.apache.pekko:pekko-stream 1.0.3 runtime', 'org.postgresql:postgresql 42.7.3 runtime', 'org.scalatestplus.play:scalatestplus-play 7.0.1 dev', 'org.example:elsewhere null runtime',
    ]);
    expect(sbtBuild.parse('build.sbt', text).name).toBe('gavel');
  });

  it('has what builds it as plugins', () => {
    expect(dependencies('addSbtPlugin("org.playframework" % "sbt-plugin" % "3.0.5")\n// addSbtPlugin("a" % "b" % "1")\n')).toEqual(['org.playframework:sbt-plugin 3.0.5 dev']);
  });

  it.each([['Seq("-deprecation", "-feature", "3.3")'], ['Seq("a", "b", "c")'], ['"a b" % "c" % "d"'], ['"org.example" % "unfinished'], ['scalaVersion := "3.3.3"'], ['']])('sees no dependency in %s', (text) => {
    expect(dependencies(text)).toEqual([]);
  });
});
