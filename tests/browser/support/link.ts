/**
 * A line between one browser and the server that can be cut, as real sockets.
 * The page itself is served while the line is cut, so that a reload works; boards and their files
 * are not.
 */
import { once } from 'node:events';
import { type IncomingMessage, createServer, request } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';

/** One line. */
export class Link {
  /** How many bytes of which address came over it. */
  readonly sent = new Map<string, number>();
  readonly #server = createServer();
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #cut = false;
  #wasCut = false;

  private constructor(target: number) {
    this.#target = target;
    this.#server.on('request', (incoming, answer) => {
      if (this.#refuses(incoming)) return;
      const { method, url, headers } = incoming;
      const outgoing = request({ port: this.#target, host: '127.0.0.1', method, path: url, headers });
      outgoing.on('response', (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.on('data', (bytes: Buffer) => this.sent.set(url ?? '', (this.sent.get(url ?? '') ?? 0) + bytes.length));
        response.pipe(answer);
      });
      outgoing.on('error', () => answer.destroy());
      incoming.pipe(outgoing);
    });
    this.#server.on('upgrade', (incoming: IncomingMessage, near: Socket, head: Buffer) => {
      if (!this.#refuses(incoming)) this.#join(incoming, near, head);
    });
  }

  /** Opens a line to a server's port. */
  static async to(port: number): Promise<Link> {
    const link = new Link(port);
    link.#server.listen(0, '127.0.0.1');
    await once(link.#server, 'listening');
    return link;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Whether it was ever cut: a browser may complain of it only after it is mended. */
  get wasCut(): boolean {
    return this.#wasCut;
  }

  /** Drops what is open and refuses what comes. */
  cut(): void {
    this.#cut = true;
    this.#wasCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Lets new connections through. */
  mend(): void {
    this.#cut = false;
  }

  /** Ends it for good. */
  close(): void {
    this.cut();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #refuses(incoming: IncomingMessage): boolean {
    const refused = this.#cut && /^\/(sync|v1)\//.test(incoming.url ?? '');
    if (refused) incoming.socket.destroy();
    return refused;
  }

  #join(incoming: IncomingMessage, near: Socket, head: Buffer): void {
    const far = connect(this.#target, '127.0.0.1');
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
      lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
    }
    far.write(`${lines.join('\r\n')}\r\n\r\n`);
    far.write(head);
    near.pipe(far).pipe(near);
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
