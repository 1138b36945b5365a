declare global {
  interface Window {
    /** Present in the real window only. */
    __TAURI_INTERNALS__?: unknown;
    /** Put there by the loopback test door. */
    __PRAXIS_HTTP__?: { token: string };
  }
}

export {};
