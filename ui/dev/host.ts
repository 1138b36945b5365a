import type { Host } from "../src/lib/desk/host";

export function fixture(): Host {
  return {
    call: () =>
      Promise.resolve({
        done: {
          value: {
            state: "no_folder",
            users: [],
            organization: null,
            demo: false,
            version: "0",
            session: null,
            problem: null,
          },
          touched: [],
        },
      }),
    listen: () => undefined,
  };
}
