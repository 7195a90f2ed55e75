#!/usr/bin/perl
# The longest chain of dependent calls in a simulator's log (standard input): how many, and which, on one line.
#
#   bench_collect_chain.pl LATENCY_MS
#
# A call hangs on another one of the same API where its path goes on from the other's ("/projects/p/secrets", then
# "/projects/p/secrets/s/versions": who is in the list is known from the list alone; versions of an API share their paths), or where it
# is the next page of it - and where it came when the other one had been answered.
use strict;
use warnings;

my $latency = shift;
my (%calls, @calls);
while (<STDIN>) {
    my ($ms) = /"ms":(\d+)/ or next;
    my ($url) = /"url":"([^"]+)"/ or next;
    my ($host, $path) = $url =~ m{^([^/]+)/(?:compute/|dns/)?v\d\w*(/[^?]*)} or next;
    my $call = { ms => $ms, path => "$host$path", page => scalar $url =~ /[?&]pageToken=/ };
    push @calls, $call;
    push @{ $calls{ $call->{path} } }, $call;
}

my $longest = { depth => 0, chain => '' };
for my $call (sort { $a->{ms} <=> $b->{ms} } @calls) {
    my @ahead = $call->{page} ? $call->{path} : ();
    for (my $path = $call->{path}; $path =~ s{[/:][^/:]*$}{};) { push @ahead, $path }
    my ($deepest) = sort { $b->{depth} <=> $a->{depth} }
        grep { defined $_->{depth} && $_->{ms} + $latency <= $call->{ms} } map { @{ $calls{$_} || [] } } @ahead;
    $call->{depth} = 1 + ($deepest ? $deepest->{depth} : 0);
    $call->{chain} = ($deepest ? "$deepest->{chain}, " : '') . $call->{path};
    $longest = $call if $call->{depth} > $longest->{depth};
}
print "$longest->{depth} $longest->{chain}\n";
