// What a test starts is no worker of this run: it would take itself for the second one, and want the second lane.
delete process.env.VITEST_POOL_ID
