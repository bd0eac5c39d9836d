"""Every way by which something leaves the referral service, and what each of them may carry."""
