/** Why a port could not be had, for the operator. In: the system's fault, the setting's name, where it should have been. */
export function portSentence(fault, { name, host, port }) {
  const hostName = name.replace(/PORT$/, "HOST");
  const sentences = {
    EADDRINUSE: `Port ${port} is in use by another program. Set ${name} to another one.`,
    EACCES: `This account may not listen on port ${port}. Set ${name} to one above 1023.`,
    EADDRNOTAVAIL: `${hostName} ${host} is no address of this machine.`,
    ENOTFOUND: `${hostName} ${host} is no name that this machine knows.`,
    EAI_AGAIN: `${hostName} ${host} is no name that this machine knows.`,
  };
  return sentences[fault.code ?? ""] ?? `The portal cannot listen on ${host}, port ${port}: ${fault.message}`;
}
