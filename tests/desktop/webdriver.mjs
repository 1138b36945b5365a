// A small WebDriver client over ONE kept-alive connection: WebKitWebDriver resets connections that come and go.
import { Agent, request } from "node:http";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

export class WebDriverError extends Error {
  constructor(kind, message) {
    super(`${kind}: ${message}`);
    this.kind = kind;
  }
}

export class WebDriver {
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #port;
  #session = "";

  constructor(port) {
    this.#port = port;
  }

  async open(capabilities) {
    const { sessionId } = await this.#send("POST", "/session", { capabilities: { alwaysMatch: capabilities } });
    this.#session = `/session/${sessionId}`;
  }

  /** Hangs up. The session is not ended by asking for it: the driver would kill the application, not close its window. */
  forget() {
    this.#agent.destroy();
  }

  ready() {
    return this.#send("GET", "/status").then(
      (status) => status.ready === true,
      () => false,
    );
  }

  go(address) {
    return this.#send("POST", `${this.#session}/url`, { url: address });
  }

  /** Runs `body` in the page; the value it returns comes back. */
  run(body, ...args) {
    return this.#send("POST", `${this.#session}/execute/sync`, { script: body, args });
  }

  /** Runs `body` in the page; it answers by calling its last argument. */
  ask(body, ...args) {
    return this.#send("POST", `${this.#session}/execute/async`, { script: body, args });
  }

  click(element) {
    return this.#send("POST", `${this.#session}/element/${element[ELEMENT]}/click`, {});
  }

  /** What has the focus. */
  active() {
    return this.#send("GET", `${this.#session}/element/active`);
  }

  type(element, text) {
    return this.#send("POST", `${this.#session}/element/${element[ELEMENT]}/value`, { text });
  }

  actions(actions) {
    return this.#send("POST", `${this.#session}/actions`, { actions });
  }

  rect(element) {
    return this.#send("GET", `${this.#session}/element/${element[ELEMENT]}/rect`);
  }

  timeouts(milliseconds) {
    return this.#send("POST", `${this.#session}/timeouts`, { script: milliseconds });
  }

  resize(width, height) {
    return this.#send("POST", `${this.#session}/window/rect`, { width, height });
  }

  async picture() {
    return Buffer.from(await this.#send("GET", `${this.#session}/screenshot`), "base64");
  }

  #send(method, path, body) {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: "127.0.0.1",
          port: this.#port,
          method,
          path,
          agent: this.#agent,
          headers: payload ? { "content-type": "application/json", "content-length": Buffer.byteLength(payload) } : {},
        },
        (answer) => {
          const parts = [];
          answer.on("data", (part) => parts.push(part));
          answer.on("end", () => {
            try {
              const { value } = JSON.parse(Buffer.concat(parts).toString("utf8"));
              if (value?.error) reject(new WebDriverError(value.error, value.message));
              else resolve(value);
            } catch (broken) {
              reject(broken);
            }
          });
        },
      );
      asked.on("error", reject);
      asked.end(payload);
    });
  }
}
