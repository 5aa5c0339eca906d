/**
 * The real server as a child process, on a port and a data directory of its own.
 * Owns starting, killing and waiting. The binary is DRAWBRIDGE_BIN.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const BINARY = process.env.DRAWBRIDGE_BIN
if (!BINARY) throw new Error('set DRAWBRIDGE_BIN to the drawbridge binary')

const POLL_MS = 5

/** Waits until `condition` answers something true, and answers that; fails after `ms`. */
export async function until(what, condition, ms = 15_000) {
  const deadline = performance.now() + ms
  for (;;) {
    const value = await condition()
    if (value) return value
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** A running server. */
export class Server {
  /** Starts one in a new directory that is removed when the test ends. */
  static async start(test, flags = []) {
    const data = await mkdtemp(join(tmpdir(), 'drawbridge-'))
    const server = new Server(data, flags)
    test.after(async () => {
      await server.stop('SIGKILL')
      await rm(data, { recursive: true, force: true })
    })
    await server.spawn('127.0.0.1:0')
    return server
  }

  constructor(data, flags) {
    this.data = data
    this.flags = flags
  }

  async spawn(listen) {
    const secure = this.flags.includes('--tls-cert') ? 's' : ''
    const args = ['serve', '--listen', listen, '--data', this.data, '--log', 'warn', ...this.flags]
    this.child = spawn(BINARY, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    this.exited = once(this.child, 'exit')
    for await (const line of createInterface({ input: this.child.stdout })) {
      const found = /https?:\/\/(\S+)/.exec(line)
      if (found) {
        this.address = found[1]
        break
      }
    }
    if (!this.address) throw new Error('the server did not start')
    this.http = `http${secure}://${this.address}`
    this.ws = `ws${secure}://${this.address}/sync`
  }

  /** Ends the process and answers its [exit code, signal]. */
  async stop(signal = 'SIGTERM') {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal)
    return this.exited
  }

  /** Ends it and starts it again on the same address and data. */
  async restart(signal = 'SIGTERM') {
    const ended = await this.stop(signal)
    await this.spawn(this.address)
    return ended
  }

  /** A board's state over HTTP. */
  async state(board) {
    const response = await fetch(`${this.http}/sync/${board}`)
    if (!response.ok) throw new Error(`GET /sync/${board}: ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
}
