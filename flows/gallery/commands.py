"""Lines for the AWS CLI that many cards have. $NAMES are the reader's to fill in."""

# An update forgets whatever it is not told: the page says so beside every one of these, and leads to the playground's
# commands, which tell it all. What one of these has in it -> the knob there, and what that is about. None for a relying
# party's id or for rotation: no knob sets them.
KNOBS = {
    "--explicit-auth-flows": ("flows", "which flows may begin"),
    "AllowedFirstAuthFactors": ("first-factors", "first factors"),
    "--mfa-configuration": ("mfa", "second factors"),
    "--device-configuration": ("devices", "remembered devices"),
    "--lambda-config": ("triggers", "triggers"),
}
ON_CLIENT = (
    "aws cognito-idp update-user-pool-client --user-pool-id $POOL_ID --client-id $CLIENT_ID "
    "--explicit-auth-flows {flow} ALLOW_REFRESH_TOKEN_AUTH"
)
ROTATING = (
    "aws cognito-idp update-user-pool-client --user-pool-id $POOL_ID --client-id $CLIENT_ID "
    "--explicit-auth-flows ALLOW_USER_SRP_AUTH "
    "--refresh-token-rotation Feature=ENABLED,RetryGracePeriodSeconds=10"
)
PERMISSION = (
    "aws lambda add-permission --function-name {function} --statement-id cognito --action lambda:InvokeFunction "
    "--principal cognito-idp.amazonaws.com --source-arn $POOL_ARN"
)
CUSTOM = "DefineAuthChallenge=$DEFINE_ARN,CreateAuthChallenge=$CREATE_ARN,VerifyAuthChallengeResponse=$VERIFY_ARN"
CUSTOM_PERMISSIONS = tuple(PERMISSION.format(function=f"${name}_ARN") for name in ("DEFINE", "CREATE", "VERIFY"))
ON_POOL = "aws cognito-idp update-user-pool --user-pool-id $POOL_ID {what}"
FIRST_FACTORS = ON_POOL.format(what="--policies 'SignInPolicy={{AllowedFirstAuthFactors=[{factors}]}}'")
ON_MFA = "aws cognito-idp set-user-pool-mfa-config --user-pool-id $POOL_ID {what}"
PREFERENCE = "aws cognito-idp admin-set-user-mfa-preference --user-pool-id $POOL_ID --username $NAME {what}"
TEMPORARY = (
    "aws cognito-idp admin-set-user-password --user-pool-id $POOL_ID --username $NAME "
    "--password $PASSWORD --no-permanent"
)
