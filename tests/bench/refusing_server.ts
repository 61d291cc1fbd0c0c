/** An endpoint of AWS that refuses everything; stops when it is disposed of. */
export interface RefusingServer extends AsyncDisposable {
  /** The environment of a process that is to talk to it. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts an endpoint that denies every request, on a free port of the loopback interface. */
export function startRefusingServer(): RefusingServer {
  const refusal = { __type: "AccessDeniedException", message: "refused" };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () =>
      Response.json(refusal, {
        status: 400,
        headers: { "content-type": "application/x-amz-json-1.0" },
      }),
  );
  return {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${server.addr.port}`,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "bench",
      AWS_SECRET_ACCESS_KEY: "bench",
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
