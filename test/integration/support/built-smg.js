// The `smg` command as it is installed: from what was built of it, which starts in half the time of its source.
const { main } = await import(new URL('../../../dist/cli/main.js', import.meta.url).href)
process.exitCode = await main(process.argv.slice(2))
