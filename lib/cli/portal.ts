/** The command line's entry. */
process.stdout.write("Usage: npm run portal -- COMMAND\n");
