// What a client of `graphql-ws` is created with, so that a restart of the gateway ends no subscription:
// createClient({ url, connectionParams, ...reconnecting }).
const WAIT_MAX_S = 30;

export const reconnecting = {
  // The default gives up after five attempts.
  retryAttempts: Infinity,
  // A connection that nobody accepts yet is an error event, which by default ends everything. Codes
  // that say "never" (4400, 4401, 4406, …) are not tried again in any case.
  shouldRetry: () => true,
  // 0.5 to 1 s at first, then twice as long each time, up to half a minute: not all at the same moment.
  retryWait: (retries: number) =>
    new Promise<void>((resolve) => {
      const longest = Math.min(2 ** retries, WAIT_MAX_S) * 1000;
      setTimeout(resolve, longest * (0.5 + Math.random() / 2));
    }),
};
