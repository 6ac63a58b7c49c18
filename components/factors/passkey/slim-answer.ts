/** The parts of an answer that the server reads; a key's may be long, and a form of ours takes four thousand characters. */
export function slimAnswer(json: string): string {
  const { id, type, response, clientExtensionResults } = JSON.parse(json);
  const { clientDataJSON, authenticatorData, signature, userHandle, attestationObject, transports } = response;
  const made = attestationObject !== undefined;
  return JSON.stringify({
    id,
    type,
    response: made
      ? { clientDataJSON, attestationObject, transports }
      : { clientDataJSON, authenticatorData, signature, userHandle },
    ...(made && { clientExtensionResults: { credProps: clientExtensionResults?.credProps } }),
  });
}
