import { LoginByEmailDocument, UserDocument } from "authing-js-sdk";

type Credentials = { readonly email: string; readonly password: string };

/** The body that the package posts for a login by e-mail. */
export const loginBody = ({ email, password }: Credentials) => ({
  query: LoginByEmailDocument,
  variables: { input: { email, password, autoRegister: false, params: null, context: null } },
});

/** The body that the package posts to ask who is signed in. */
export const userBody = { query: UserDocument, variables: {} };
