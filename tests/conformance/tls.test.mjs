/** TLS in front of real clients: y-websocket over wss, and a certificate renewed while it runs. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import tls from 'node:tls'
import { generate } from 'selfsigned'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { Server, until } from './support.mjs'

const NAME = 'localhost'

/** Puts a new certificate and its key into a folder; answers the certificate. */
async function issue(folder) {
  const extensions = [{ name: 'subjectAltName', altNames: [{ type: 2, value: NAME }] }]
  const { cert, private: key } = await generate([{ name: 'commonName', value: NAME }], { extensions })
  await writeFile(join(folder, 'cert.pem'), cert)
  await writeFile(join(folder, 'key.pem'), key)
  return cert
}

/** The fingerprint of the certificate that the server shows. */
function shown(server) {
  const [host, port] = server.address.split(':')
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host, port, servername: NAME, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256)
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

function client(t, server, ca) {
  class Trusting extends WebSocket {
    constructor(url, protocols) {
      super(url, protocols, { ca, servername: NAME })
    }
  }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(server.ws, 'board', doc, {
    WebSocketPolyfill: Trusting,
    disableBc: true,
  })
  t.after(() => {
    provider.destroy()
    doc.destroy()
  })
  return { doc, provider }
}

test('two y-websocket clients over wss, and a certificate renewed by SIGHUP', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'drawbridge-tls-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const ca = await issue(folder)
  const flags = ['--tls-cert', join(folder, 'cert.pem'), '--tls-key', join(folder, 'key.pem')]
  const server = await Server.start(t, flags)
  const [ann, ben] = [client(t, server, ca), client(t, server, ca)]
  await until('synced', () => ann.provider.synced && ben.provider.synced)
  ann.doc.getMap('m').set('from', 'ann')
  await until('seen', () => ben.doc.getMap('m').get('from') === 'ann')

  const before = await shown(server)
  await issue(folder)
  server.child.kill('SIGHUP')
  await until('the new certificate', async () => (await shown(server)) !== before)
  ben.doc.getMap('m').set('from', 'ben')
  await until('connections stay', () => ann.doc.getMap('m').get('from') === 'ben')

  const after = await shown(server)
  await writeFile(join(folder, 'cert.pem'), 'nothing')
  server.child.kill('SIGHUP')
  ann.doc.getMap('m').set('from', 'ann again')
  await until('it runs on', () => ben.doc.getMap('m').get('from') === 'ann again')
  assert.equal(await shown(server), after)
})
