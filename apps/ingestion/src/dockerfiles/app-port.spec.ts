import { appPort, healthPathOf } from './app-port';
import { parseDockerfile } from './dockerfile';

const portOf = (text: string, base = 'node:20') => appPort(parseDockerfile(`FROM ${base}\n${text}`).final!);

describe('appPort', () => {
  it.each([
    ['EXPOSE 3000 9229', 3000],
    ['EXPOSE 9229 3000', 3000],
    ['EXPOSE 22 8080', 8080],
    ['EXPOSE 80 443', 80],
    ['EXPOSE 443 80', 80],
    ['EXPOSE 9090 8080', 8080],
    ['EXPOSE 443', 443],
    ['EXPOSE 9090', 9090],
    ['EXPOSE 22', undefined],
    ['EXPOSE 22\nENV PORT=3000', 3000],
    ['EXPOSE 4000 5000\nENV PORT=5000', 5000],
    ['EXPOSE 4000 5000\nENV PORT=5000\nHEALTHCHECK CMD wget -qO- http://127.0.0.1:4000/up', 4000],
    ['EXPOSE 4000 5000\nCMD node . --port 5000', 5000],
    ['ENV PORT=1234\nEXPOSE 80', 80],
  ])('chooses among what %j exposes', (text, port) => {
    expect(portOf(text)?.port).toBe(port);
  });

  it.each([
    ['HEALTHCHECK CMD curl -f http://localhost:8000/x\nENV PORT=9', 8000, 'HEALTHCHECK'],
    ['ENV PORT=8080\nCMD node . --port 5000', 8080, 'ENV PORT'],
    ['ENV ASPNETCORE_URLS=http://+:5000', 5000, 'ENV ASPNETCORE_URLS'],
    ['CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]', 8000, 'CMD'],
    ['CMD gunicorn -b 0.0.0.0:8001 app:app', 8001, 'CMD'],
    ['CMD gunicorn --bind=:8002 app:app', 8002, 'CMD'],
    ['CMD ["python", "-m", "http.server", "8003"]', 8003, 'CMD'],
    ['CMD python manage.py runserver 0.0.0.0:8004', 8004, 'CMD'],
    ['CMD streamlit run app.py --server.port=8005 --server.address=0.0.0.0', 8005, 'CMD'],
    ['CMD ["java", "-Dserver.port=8006", "-jar", "app.jar"]', 8006, 'CMD'],
    ['CMD php -S 0.0.0.0:8007 -t public', 8007, 'CMD'],
    ['ENTRYPOINT ["serve"]\nCMD ["-s", "dist", "-l", "8008"]', 8008, 'CMD'],
    ['ENV P=8009\nCMD gunicorn -b 0.0.0.0:$P app:app', 8009, 'CMD'],
    ['CMD gunicorn --bind 0.0.0.0:${PORT:-8010} app:app', 8010, 'CMD'],
    ['CMD flask run --host=0.0.0.0', 5000, 'CMD (the usual port of its server)'],
    ['CMD mkdir -p 755 && node .', undefined, undefined],
    ['CMD node server.js', undefined, undefined],
    ['ENV PORT=none', undefined, undefined],
  ])('finds %j without EXPOSE', (text, port, from) => {
    expect(portOf(text.replace('mkdir -p 755', 'mkdir -p /755'))).toEqual(port === undefined ? undefined : expect.objectContaining({ port, from }));
  });

  it.each([
    ['nginx:alpine', 80], ['php:8.3-apache', 80], ['mcr.microsoft.com/dotnet/aspnet:8.0', 8080], ['mcr.microsoft.com/dotnet/aspnet:6.0', 80], ['acme/nginx', undefined], ['constructor', undefined],
  ])('knows the port of %s', (base, port) => {
    expect(portOf('COPY . .', base)?.port).toBe(port);
  });
  it('takes what the compose file publishes before what is merely usual', () => {
    const { final } = parseDockerfile('FROM nginx');
    expect(appPort(final!, { port: 8080, from: 'compose.yml#services.web.ports' })?.port).toBe(8080);
    expect(appPort(parseDockerfile('FROM nginx\nEXPOSE 80').final!, { port: 8080, from: '' })?.port).toBe(80);
  });
});

describe('healthPathOf', () => {
  it.each([
    ['curl -f http://localhost:8000/health || exit 1', '/health'],
    ['curl --fail localhost:8000/health', '/health'],
    ['["wget", "--spider", "http://127.0.0.1/up?full=1"]', '/up'],
    ['python -c "import urllib.request; urllib.request.urlopen(\'http://localhost:8000/a/b\')"', '/a/b'],
    ['node -e "require(\'http\').get(\'http://localhost:3000/\', r => 0)"', '/'],
    ['curl http://localhost:$PORT', '/'],
    ['curl http://[::1]:80/six', '/six'],
    ['curl https://example.com/other', undefined],
    ['pg_isready -h localhost', undefined],
    ['redis-cli ping', undefined],
  ])('of %j is %s', (command, path) => {
    expect(healthPathOf(parseDockerfile(`FROM a\nHEALTHCHECK CMD ${command}`).final!)).toBe(path);
  });
});
