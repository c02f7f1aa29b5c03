// aws-amplify v6 step by step: every nextStep is told as Amplify gives it to the page.

import { install } from "./passkeys.mjs";
import { MemoryStorage, speak } from "./speak.mjs";
import { Amplify } from "aws-amplify";
import {
  associateWebAuthnCredential,
  confirmResetPassword,
  confirmSignIn,
  fetchDevices,
  fetchMFAPreference,
  forgetDevice,
  rememberDevice,
  resetPassword,
  setUpTOTP,
  signIn,
  signOut,
  updateMFAPreference,
  verifyTOTPSetup,
} from "aws-amplify/auth";
import { cognitoUserPoolsTokenProvider } from "aws-amplify/auth/cognito";

install();

await speak({
  async configure({ userPoolId, clientId, endpoint }) {
    Amplify.configure({
      Auth: { Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint } },
    });
    cognitoUserPoolsTokenProvider.setKeyValueStorage(new MemoryStorage());
  },

  async signIn(input) {
    return (await signIn(input)).nextStep;
  },

  async confirm(input) {
    return (await confirmSignIn(input)).nextStep;
  },

  async tokens() {
    const stored = await cognitoUserPoolsTokenProvider.authTokenStore.loadTokens();
    return {
      access: stored.accessToken.toString(),
      id: stored.idToken.toString(),
      refresh: stored.refreshToken,
    };
  },

  async setUpTOTP() {
    return (await setUpTOTP()).sharedSecret;
  },

  associateWebAuthnCredential,
  confirmResetPassword,
  fetchDevices,
  fetchMFAPreference,
  forgetDevice: () => forgetDevice(),
  rememberDevice: () => rememberDevice(),
  resetPassword,
  signOut: () => signOut(),
  updateMFAPreference,
  verifyTOTPSetup,
});
