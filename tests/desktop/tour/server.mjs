// The server's process of the day, and the tools that work on closed folders.
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { freePort, until } from "../window.mjs";

/** A real `praxis-server` on a folder and a port that it keeps when it comes back. */
export class Server {
  #process;
  #log = "";

  constructor(scene) {
    this.bin = join(scene.bin, "praxis-server");
    this.data = join(scene.ground, "server");
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  get log() {
    return this.#log;
  }

  async start() {
    this.port ??= await freePort();
    this.#process = spawn(this.bin, ["serve", "--data", this.data, "--listen", `127.0.0.1:${this.port}`], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream.on("data", (words) => (this.#log = (this.#log + words).slice(-20_000)));
    await until("the server", async () => (await fetch(`${this.address}/health`)).ok);
  }

  /** Ends it as a service manager does, and waits until it is gone. */
  async close() {
    const process = this.#process;
    this.#process = undefined;
    if (!process || process.exitCode !== null) return;
    const gone = new Promise((resolve) => process.once("exit", resolve));
    process.kill("SIGTERM");
    const patience = setTimeout(() => process.kill("SIGKILL"), 15_000);
    await gone;
    clearTimeout(patience);
  }

  /** The digest of the one organization it holds. */
  digest() {
    const said = execFileSync(this.bin, ["digest", "--data", this.data], { encoding: "utf8" });
    return /replicated (\S+)/.exec(said)[1];
  }
}

/** `praxisctl` on a desk's closed folder, as one of its people. Answers its words and its exit code. */
export function praxisctl(scene, desk, ...args) {
  try {
    const words = execFileSync(join(scene.bin, "praxisctl"), ["--data", desk.data, "--user", desk.user.name, ...args], {
      encoding: "utf8",
      env: { ...process.env, PRAXIS_PASSWORD: desk.user.password },
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64 << 20,
    });
    return { code: 0, words };
  } catch (failure) {
    return { code: failure.status, words: `${failure.stdout}${failure.stderr}` };
  }
}
