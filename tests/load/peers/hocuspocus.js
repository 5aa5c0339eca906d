/** Hocuspocus as its documentation starts it, on PORT. Owns nothing else: no hook, no extension. */
import { Server } from '@hocuspocus/server'

const port = Number(process.env.PORT)
const server = new Server({ port, address: '127.0.0.1', quiet: true })
await server.listen()
console.log(`listening on ${port}`)
