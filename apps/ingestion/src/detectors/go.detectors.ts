import type { Detector } from './detector';

/** Web frameworks and routers of Go, by module path without its major version suffix. */
export const GO_DETECTORS: readonly Detector[] = [
  { tag: 'framework:gin', some: [{ package: 'go:github.com/gin-gonic/gin' }], version: 'go:github.com/gin-gonic/gin', confidence: 0.95 },
  { tag: 'framework:echo', some: [{ package: 'go:github.com/labstack/echo' }], version: 'go:github.com/labstack/echo', confidence: 0.95 },
  { tag: 'framework:fiber', some: [{ package: 'go:github.com/gofiber/fiber' }], version: 'go:github.com/gofiber/fiber', confidence: 0.95 },
  { tag: 'framework:chi', some: [{ package: 'go:github.com/go-chi/chi' }], version: 'go:github.com/go-chi/chi', confidence: 0.95 },
  // Of the Gorilla toolkit the router alone shapes an app; its WebSocket is used with every framework.
  { tag: 'framework:gorilla', some: [{ package: 'go:github.com/gorilla/mux' }], version: 'go:github.com/gorilla/mux', confidence: 0.95 },
  { tag: 'framework:beego', some: [{ package: 'go:github.com/beego/beego' }, { package: 'go:github.com/astaxie/beego' }], version: ['go:github.com/beego/beego', 'go:github.com/astaxie/beego'], confidence: 0.95 },
  { tag: 'framework:buffalo', some: [{ package: 'go:github.com/gobuffalo/buffalo' }], version: 'go:github.com/gobuffalo/buffalo', confidence: 0.95 },
];
