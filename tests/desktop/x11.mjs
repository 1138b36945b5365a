// As much of the X protocol as it takes to close a window the way a window manager does when its cross is clicked:
// by asking the application, which may still have something to finish.
import { connect } from "node:net";

const PROPERTY = 20, ATOM = 16, TREE = 15, ATTRIBUTES = 3, SEND = 25;
const VIEWABLE = 2;

/** Asks the visible window of one of these processes to close; false where there is none. */
export async function askToClose(pids, display = process.env.DISPLAY) {
  const screen = await Screen.open(display);
  try {
    const protocols = await screen.atom("WM_PROTOCOLS");
    const goodbye = await screen.atom("WM_DELETE_WINDOW");
    const owner = await screen.atom("_NET_WM_PID");
    for (const window of await screen.windows()) {
      const visible = (await screen.ask(ATTRIBUTES, words(window)))[26] === VIEWABLE;
      const [its] = visible ? await screen.numbers(window, owner) : [];
      if (!pids.includes(its) || !(await screen.numbers(window, protocols)).includes(goodbye)) continue;
      await screen.clientMessage(window, protocols, [goodbye, 0, 0, 0, 0]);
      return true;
    }
    return false;
  } finally {
    screen.close();
  }
}

/** One connection; questions are asked one after the other. */
class Screen {
  #socket;
  #received = Buffer.alloc(0);
  #wake = () => undefined;
  #broken;
  #root = 0;

  static async open(display) {
    const screen = new Screen();
    screen.#socket = connect(`/tmp/.X11-unix/X${/:(\d+)/.exec(display ?? "")?.[1] ?? 0}`);
    screen.#socket.on("data", (bytes) => {
      screen.#received = Buffer.concat([screen.#received, bytes]);
      screen.#wake();
    });
    for (const end of ["error", "close"])
      screen.#socket.on(end, (failure) => {
        screen.#broken = failure instanceof Error ? failure : new Error("the screen hung up");
        screen.#wake();
      });
    // Little endian, version 11.0, no credentials: the screen is ours.
    screen.#socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    const head = await screen.#take(8);
    const answer = await screen.#take(head.readUInt16LE(6) * 4);
    if (head[0] !== 1) throw new Error(`the screen refuses: ${answer.toString("latin1")}`);
    const [vendor, formats] = [answer.readUInt16LE(16), answer[21]];
    screen.#root = answer.readUInt32LE(32 + padded(vendor) + 8 * formats);
    return screen;
  }

  close() {
    this.#socket.destroy();
  }

  async #take(size) {
    while (this.#received.length < size) {
      if (this.#broken) throw this.#broken;
      await new Promise((woken) => (this.#wake = woken));
    }
    const taken = this.#received.subarray(0, size);
    this.#received = this.#received.subarray(size);
    return taken;
  }

  #send(opcode, body, detail = 0) {
    const request = Buffer.alloc(4 + padded(body.length));
    request[0] = opcode;
    request[1] = detail;
    request.writeUInt16LE(request.length / 4, 2);
    body.copy(request, 4);
    this.#socket.write(request);
  }

  /** A request and its reply. An error, as of a window that has just gone, is an empty reply. */
  async ask(opcode, body, detail = 0) {
    this.#send(opcode, body, detail);
    const head = await this.#take(32);
    if (head[0] !== 1) return Buffer.alloc(64);
    return Buffer.concat([head, await this.#take(head.readUInt32LE(4) * 4)]);
  }

  async atom(name) {
    const length = Buffer.alloc(4);
    length.writeUInt16LE(name.length);
    return (await this.ask(ATOM, Buffer.concat([length, Buffer.from(name)]))).readUInt32LE(8);
  }

  async windows() {
    const tree = await this.ask(TREE, words(this.#root));
    return Array.from({ length: tree.readUInt16LE(16) }, (_, at) => tree.readUInt32LE(32 + 4 * at));
  }

  /** The 32-bit values of a window's property. */
  async numbers(window, property) {
    const value = await this.ask(PROPERTY, words(window, property, 0, 0, 256));
    const count = value[1] === 32 ? value.readUInt32LE(16) : 0;
    return Array.from({ length: count }, (_, at) => value.readUInt32LE(32 + 4 * at));
  }

  async clientMessage(window, type, data) {
    const event = Buffer.concat([Buffer.from([33, 32, 0, 0]), words(window, type, ...data)]);
    this.#send(SEND, Buffer.concat([words(window, 0), event]));
    // A question after it: once answered, the message has been passed on.
    await this.ask(TREE, words(this.#root));
  }
}

const padded = (length) => (length + 3) & ~3;

function words(...numbers) {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, at) => bytes.writeUInt32LE(number >>> 0, at * 4));
  return bytes;
}
